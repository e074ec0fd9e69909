record City(String name) {}

interface Database {
    City city(String name);
}

CacheManager manager;
Cache<String, City> cache;
Database database;

City converted(City old) {
    return old;
}
