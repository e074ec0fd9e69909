Cache<String, String> cache;
org.slf4j.Logger log;
