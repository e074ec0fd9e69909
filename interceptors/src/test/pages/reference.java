record Price() {}

CacheManager manager;
NearfarCache<String, Price> prices;
