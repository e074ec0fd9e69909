static class Person {}

ModelEvents events;
EntityManager entities;
Person person;
