record Price(Duration validFor) {}

interface Shop {
    Price ask(String key);
}

CacheManager manager;
NearfarCache<String, Price> prices;
MutableConfiguration<String, Price> configuration;
Shop shop;
Price price;
