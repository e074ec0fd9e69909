record City(String name) {}

record Rate(double value) {}

record Product(int id, String category) {}

record User(int id) {}

record Person(int id, List<Person> friends) {}
