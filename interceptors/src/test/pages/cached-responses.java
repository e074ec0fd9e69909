import jakarta.ws.rs.Produces;

record City(String name) {}
