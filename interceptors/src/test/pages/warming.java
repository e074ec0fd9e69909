record City(String name) {}

interface Database {
    List<String> capitals();

    City city(String name);
}

interface Cities {
    List<String> capitals();

    City byName(String name);
}

CacheManager cacheManager;
Database database;
