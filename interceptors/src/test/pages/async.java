record City(String name) {}

interface Client {
    CompletionStage<City> city(String name);
}

CacheManager manager;
Client client;
