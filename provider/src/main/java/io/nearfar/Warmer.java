package io.nearfar;

/**
 * Fills a cache before anybody asks for its entries; see {@link NearfarManager#warm}.
 *
 * <pre>{@code
 * manager.warm("cities", WarmingPlan.of("capitals").withEvery(Duration.ofHours(6)).withKeysPerSecond(200), warming -> {
 *     List<String> capitals = database.capitals();
 *     warming.expect(capitals.size());
 *     for (String city : capitals) {
 *         warming.load(city, context -> database.city(city));
 *     }
 * });
 * }</pre>
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface Warmer<K, V> {
    /**
     * Fills the cache, in a thread of the manager, which has the manager's class loader and no transaction. Only one node does so
     * at a time, and once for each run of the plan.
     *
     * @param warming by which keys are loaded; of use during this call alone, and for one thread
     * @throws Exception whatever went wrong; it is logged, and the run is tried again later, here or by another node
     */
    void warm(Warming<K, V> warming) throws Exception;
}
