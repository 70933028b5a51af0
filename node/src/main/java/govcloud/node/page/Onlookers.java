package govcloud.node.page;

import govcloud.node.http.Call;
import java.util.concurrent.CompletionStage;

/** Who may look at the first page without its link. */
@FunctionalInterface
public interface Onlookers {

  /** Completes for those who have signed in and may see all of it; fails with a problem. */
  CompletionStage<?> admit(Call call);
}
