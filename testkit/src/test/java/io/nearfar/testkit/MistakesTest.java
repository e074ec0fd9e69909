package io.nearfar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.testkit.fault.Faults;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;

/** What a test is told that asks for what it cannot have. The classes within are not run by themselves. */
class MistakesTest {
    @NearfarTest(mode = Mode.NEAR)
    static class InTheConstructor {
        InTheConstructor(Cache<String, String> cache) {
            cache.clear();
        }

        @Test
        void neverRuns() {}
    }

    @Test
    void constructor_isToldWhereParametersMayBe() {
        assertThat(Runs.failures(InTheConstructor.class))
                .singleElement()
                .asString()
                .contains("Each test has caches of its own")
                .contains("@BeforeEach");
    }

    @NearfarTest(mode = Mode.NEAR)
    static class FaultsWithoutServer {
        @Test
        void neverRuns(Faults faults) {
            faults.cut();
        }

        @Test
        void secondNode(NearfarFixture fixture) {
            fixture.node();
        }
    }

    @Test
    void modeNear_isToldThatThereIsNothingToBreak() {
        assertThat(Runs.failures(FaultsWithoutServer.class))
                .hasSize(2)
                .allSatisfy(text -> assertThat(text).contains("mode NEAR").contains("use mode TIERED or FAR"));
    }

    @NearfarTest(mode = Mode.NEAR, settings = "nearfar.deadline: 1s")
    static class SettingOfAnotherForm {
        @Test
        void neverRuns(Cache<String, String> cache) {
            cache.clear();
        }
    }

    @NearfarTest(mode = Mode.NEAR, settings = "nearfar.dedline = 1s")
    static class SettingThatIsNone {
        @Test
        void neverRuns(Cache<String, String> cache) {
            cache.clear();
        }
    }

    @Test
    void setting_isToldWhatIsWrong() {
        assertThat(Runs.failures(SettingOfAnotherForm.class))
                .singleElement()
                .asString()
                .contains("\"nearfar.deadline: 1s\"")
                .contains("key = value");
        assertThat(Runs.failures(SettingThatIsNone.class))
                .singleElement()
                .asString()
                .contains("nearfar.dedline")
                .contains("nearfar.deadline");
    }

    @NearfarTest(address = "rediss://:secret@cache.example:6380")
    static class AddressWithTls {
        @Test
        void neverRuns(Cache<String, String> cache) {
            cache.clear();
        }
    }

    @Test
    void address_isToldWhichFormIsNeeded_andItsPasswordIsNotShown() {
        assertThat(Runs.failures(AddressWithTls.class))
                .singleElement()
                .asString()
                .contains("one server without TLS")
                .doesNotContain("secret");
    }
}
