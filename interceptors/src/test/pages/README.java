record City(String name) {}
