import javax.cache.expiry.Duration;

record Flight(long secondsToTakeOff) {}
