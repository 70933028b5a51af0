package govcloud.node.page;

import govcloud.node.NodeContext;
import govcloud.node.http.HttpSettings;
import govcloud.node.http.Token;
import govcloud.node.readmodel.ReadModels;
import govcloud.node.replication.ReplicationWatch;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Puts together what the first page needs. */
public final class PageDesk {

  private PageDesk() {}

  /**
   * The routes of the first page.
   *
   * @param link fails with a problem when this token, and so what is derived from it, lets nobody
   *     in
   * @param onlookers let in who has signed in
   */
  public static PageRoutes routes(
      NodeContext context,
      ReadModels models,
      ReplicationWatch replication,
      HttpSettings settings,
      Function<Token, CompletionStage<?>> link,
      Onlookers onlookers) {
    var token = Token.read(settings.tokenFile());
    var reader =
        new OverviewReader(
            context.settings().cloud(),
            context.cluster(),
            replication,
            models,
            context.catalogue(),
            context.clock());
    return new PageRoutes(
        reader::read,
        new PageCookie(token),
        token,
        () -> link.apply(token),
        onlookers,
        settings.heartbeat());
  }
}
