record City(String name) {
    static final City UNKNOWN = new City("");
}

record Report(String etag) {}

record Response(int status, Report report) {}

interface Database {
    City city(String name);
}

interface Archive {
    Response get(String id, String etag);
}

CacheManager manager;
Database database;
NearfarCache<String, Report> reports;
Archive archive;
String id;
