package io.nearfar.sample.place;

/**
 * The rectangle of latitudes and longitudes that holds a circle on the globe. It may hang over the date line: then
 * {@code west} lies below -180 or {@code east} above 180, and longitudes are compared as well a full turn away.
 */
record Surroundings(double south, double north, double west, double east) {
    /** The mean radius of the Earth in kilometres. */
    static final double EARTH_RADIUS = 6_371;

    private static final double DEGREE = Math.toRadians(EARTH_RADIUS);

    static Surroundings of(double latitude, double longitude, double kilometres) {
        double tall = kilometres / DEGREE;
        double wide = width(latitude, kilometres);
        return new Surroundings(latitude - tall, latitude + tall, longitude - wide, longitude + wide);
    }

    /** Half the width in degrees: a meridian touches the circle there; a circle that holds a pole has every longitude. */
    private static double width(double latitude, double kilometres) {
        double ratio = Math.sin(kilometres / EARTH_RADIUS) / Math.cos(Math.toRadians(latitude));
        boolean holdsPole = Math.abs(latitude) + kilometres / DEGREE >= 90;
        return holdsPole || ratio >= 1 ? 180 : Math.toDegrees(Math.asin(ratio));
    }
}
