record City(int id) {}

City city;
Locale locale;

String render(City shown) {
    return shown.toString();
}
