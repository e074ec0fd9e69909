import javax.cache.expiry.Duration;

record City(String name) {}

Cache<String, City> cities;
City city;
