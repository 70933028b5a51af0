package govcloud.node.page;

import govcloud.node.NodeContext;
import govcloud.node.http.HttpSettings;
import govcloud.node.http.Token;
import govcloud.node.readmodel.ReadModels;

/** Puts together what the first page needs. */
public final class PageDesk {

  private PageDesk() {}

  /** The routes of the first page. */
  public static PageRoutes routes(NodeContext context, ReadModels models, HttpSettings settings) {
    var token = Token.read(settings.tokenFile());
    return new PageRoutes(
        new OverviewReader(
            context.settings().cloud(),
            context.cluster(),
            models,
            context.catalogue(),
            context.clock()),
        new PageCookie(token),
        token,
        settings.heartbeat());
  }
}
