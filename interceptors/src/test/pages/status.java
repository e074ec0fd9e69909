CacheManager manager;
