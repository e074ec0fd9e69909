record City(String name) {
    City renamed(String other) {
        return new City(other);
    }
}

interface Database {
    City city(String name);
}

CacheManager manager;
Database database;
