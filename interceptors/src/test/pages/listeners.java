Cache<String, String> cache;

abstract static class PriceBoard implements CacheEntryUpdatedListener<String, String> {}
