package govcloud.node.replication;

import govcloud.domain.alarm.Alarm;
import govcloud.domain.alarm.AlarmState;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Alarms of replication as they were written down, over HTTP. */
final class AlarmRoutes {
  private final Entities entities;

  AlarmRoutes(Entities entities) {
    this.entities = entities;
  }

  /** Adds the operation. */
  void register(Routes routes) {
    routes.on("listReplicationAlarms", this::list);
  }

  private CompletionStage<HttpResponse> list(Call call) {
    return AlarmRecorder.book(entities).thenApply(book -> Replies.ok(Map.of("items", shape(book))));
  }

  /** Those that are raised first, each part with the newest first. */
  private static List<Map<String, Object>> shape(AlarmState book) {
    List<Alarm> raised = new ArrayList<>(book.raised());
    List<Alarm> over = new ArrayList<>(book.over());
    Collections.reverse(raised);
    Collections.reverse(over);
    raised.addAll(over);
    return raised.stream()
        .map(
            alarm ->
                new Fields()
                    .with("kind", alarm.kind())
                    .with("subject", alarm.subject())
                    .with("detail", alarm.detail())
                    .with("node", alarm.node())
                    .with("since", alarm.since())
                    .maybe("until", alarm.until())
                    .map())
        .toList();
  }
}
