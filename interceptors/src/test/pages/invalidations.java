CacheManager cacheManager;
NearfarManager manager;
