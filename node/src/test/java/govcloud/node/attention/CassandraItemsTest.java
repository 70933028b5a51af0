package govcloud.node.attention;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.cluster.CassandraSafety.Unsafe;
import java.util.List;
import org.junit.jupiter.api.Test;

class CassandraItemsTest {

  @Test
  void unsafeSetting_isUrgent_andSaysWhatItHasToBe() {
    assertThat(
            CassandraItems.of(
                List.of(new Unsafe("10.0.0.1:9042", "commitlog_sync", "periodic", "batch"))))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.code()).isEqualTo("CASSANDRA_UNSAFE");
              assertThat(item.severity()).isEqualTo(AttentionItem.Severity.RED);
              assertThat(item.subject()).isEqualTo("10.0.0.1:9042");
              assertThat(item.detail().en())
                  .startsWith("commitlog_sync: periodic (expected: batch)");
            });
  }
}
