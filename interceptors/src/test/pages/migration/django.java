import jakarta.ws.rs.Produces;

record City(int id) {}

record Receipt() {}

record Document() {}

NearfarCache<String, Long> prices;
Cache<String, Long> visits;
int id;

long ask(int asked) {
    return asked;
}
