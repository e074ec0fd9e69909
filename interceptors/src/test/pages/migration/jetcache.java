record User(long id) {}

interface Database {
    User user(long id);
}

Database database;
