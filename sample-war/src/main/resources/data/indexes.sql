-- Made after the bulk load, when building them costs least.
CREATE INDEX city_country ON city (country);
CREATE INDEX city_latitude ON city (latitude);
CREATE INDEX city_region ON city (region);
CREATE INDEX post_city ON post (city);
CREATE INDEX notification_person ON notification (person);
