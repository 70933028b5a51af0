package govcloud.node.attention;

import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What needs an operator, over HTTP. */
public final class AttentionRoutes {

  private final Attention attention;

  public AttentionRoutes(Attention attention) {
    this.attention = attention;
  }

  /** Adds the operation. */
  public void register(Routes routes) {
    routes.on("listAttention", this::list);
  }

  private CompletionStage<HttpResponse> list(Call call) {
    return attention.items().thenApply(items -> Replies.ok(Map.of("items", shape(items))));
  }

  /** Items as JSON. */
  public static List<Map<String, Object>> shape(List<AttentionItem> items) {
    return items.stream()
        .map(
            item ->
                new Fields()
                    .with("code", item.code())
                    .with("severity", item.severity().name().toLowerCase(Locale.ROOT))
                    .with("subject", item.subject())
                    .with("detail", item.detail())
                    .with("action", item.action())
                    .maybe("since", item.since())
                    .map())
        .toList();
  }
}
