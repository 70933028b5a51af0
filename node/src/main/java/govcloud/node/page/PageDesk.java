package govcloud.node.page;

import govcloud.node.NodeContext;
import govcloud.node.http.HttpSettings;
import govcloud.node.http.Token;
import govcloud.node.readmodel.ReadModels;
import govcloud.node.replication.ReplicationWatch;

/** Puts together what the first page needs. */
public final class PageDesk {

  private PageDesk() {}

  /**
   * The routes of the first page.
   *
   * @param onlookers let in who has signed in
   */
  public static PageRoutes routes(
      NodeContext context,
      ReadModels models,
      ReplicationWatch replication,
      HttpSettings settings,
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
        reader::read, new PageCookie(token), token, onlookers, settings.heartbeat());
  }
}
