package io.nearfar.sample.weather;

/** The weather service cannot be asked. */
public class OutOfReachException extends Exception {
    private static final long serialVersionUID = 1L;

    OutOfReachException(String message) {
        super(message);
    }
}
