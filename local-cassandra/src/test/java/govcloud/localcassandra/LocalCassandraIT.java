package govcloud.localcassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import govcloud.localcassandra.LocalCassandra.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LocalCassandraIT {
  @Test
  void stopped_startedOnTheSameData_findsWhatWasWritten(@TempDir Path home) {
    Settings settings = Settings.in(home);
    List<Progress> told = new ArrayList<>();
    try (LocalCassandra first = LocalCassandra.start(settings, told::add);
        CqlSession session = session(first)) {
      System.err.println("first start " + first.startTime() + " " + told);
      session.execute(
          "CREATE KEYSPACE kept WITH replication = {'class':'NetworkTopologyStrategy','datacenter1':1}");
      session.execute("CREATE TABLE kept.note (id int PRIMARY KEY, text text)");
      session.execute("INSERT INTO kept.note (id, text) VALUES (1, 'there')");
    }
    assertThat(told).extracting(Progress::activity).contains("ready");
    try (LocalCassandra second = LocalCassandra.start(settings);
        CqlSession session = session(second)) {
      System.err.println("second start " + second.startTime());
      assertThat(session.execute("SELECT text FROM kept.note WHERE id = 1").one().getString(0))
          .isEqualTo("there");
    }
  }

  static CqlSession session(LocalCassandra cassandra) {
    return CqlSession.builder()
        .addContactPoint(cassandra.contactPoint())
        .withLocalDatacenter(LocalCassandra.DATACENTER)
        .build();
  }
}
