package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagBatchesTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "100, 1", "101, 2", "1000, 10"})
    void batches_holdAllTagsOnce(int tags, int batches) {
        List<String> all = IntStream.range(0, tags).mapToObj(i -> "t" + i).toList();
        List<List<String>> some = TagBatches.of(all);
        assertThat(some).hasSize(batches).allMatch(batch -> batch.size() <= TagBatches.MOST);
        assertThat(some.stream().flatMap(List::stream)).containsExactlyElementsOf(all);
    }

    @Test
    void noTags_areNoBatch() {
        assertThat(TagBatches.of(List.of())).isEmpty();
    }
}
