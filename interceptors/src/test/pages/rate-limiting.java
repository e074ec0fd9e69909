import jakarta.enterprise.inject.Produces;

record Receipt() {}

record Cart() {}

static class TooManyRequests extends RuntimeException {
    TooManyRequests(Duration retryAfter) {}
}

record Message(String sender) {}

static class Messages {
    static Message current() {
        return new Message("");
    }
}

@Qualifier
@interface Orders {}

CacheManager manager;
String userName;
