package govcloud.node.attention;

import govcloud.domain.catalogue.LocalText;
import govcloud.node.attention.AttentionItem.Severity;
import govcloud.node.cluster.CassandraSafety.Unsafe;
import java.util.List;
import java.util.Optional;

/** What settings of Cassandra mean to an operator. Pure. */
final class CassandraItems {

  private CassandraItems() {}

  static List<AttentionItem> of(List<Unsafe> found) {
    return found.stream().map(CassandraItems::of).toList();
  }

  private static AttentionItem of(Unsafe one) {
    return new AttentionItem(
        AttentionCode.CASSANDRA_UNSAFE,
        Severity.RED,
        one.cassandra(),
        new LocalText(
            "%s：%s（应为：%s）；已确认的变更可能丢失".formatted(one.setting(), one.value(), one.expected()),
            "%s: %s (expected: %s); what is acknowledged may be lost"
                .formatted(one.setting(), one.value(), one.expected())),
        new LocalText(
            "按 cluster-configs/cassandra/README.md 修改 cassandra.yaml，逐个重启 Cassandra",
            "set cassandra.yaml as cluster-configs/cassandra/README.md says and restart Cassandra"
                + " node by node"),
        Optional.empty());
  }
}
