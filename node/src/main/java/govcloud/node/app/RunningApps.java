package govcloud.node.app;

import govcloud.domain.Refusal;
import govcloud.domain.app.AppInstanceRefusal;
import govcloud.domain.app.AppInstanceState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.FreshReads;
import govcloud.node.http.Problem;
import java.util.concurrent.CompletionStage;

/** Lets people work only in apps that run. */
public final class RunningApps {

  private final FreshReads<AppInstanceState> reads;

  public RunningApps(Entities entities) {
    this.reads = new FreshReads<>(entities);
  }

  /** The app, which ran less than two seconds ago; fails with a problem if it does not. */
  public CompletionStage<AppInstanceState> require(String tenant, String app) {
    return reads
        .read("app/" + tenant + "/" + app, RunningApps::running)
        .thenApply(
            answer -> {
              if (!answer.exists()) {
                throw Problem.of(
                        Refusal.of(
                            AppInstanceRefusal.APP_NOT_FOUND,
                            tenant + "/" + app + ": no app (expected: applied for before)"))
                    .asException();
              }
              if (!running(answer)) {
                throw Problem.of(
                        Refusal.of(
                            AppInstanceRefusal.APP_NOT_RUNNING,
                            tenant + "/" + app + ": " + answer.status() + " (expected: running)"))
                    .asException();
              }
              return answer.state();
            });
  }

  /** The app as it was less than two seconds ago, whatever it was. */
  public CompletionStage<AppInstanceState> look(String tenant, String app) {
    return reads.read("app/" + tenant + "/" + app, answer -> true).thenApply(Answer::state);
  }

  private static boolean running(Answer<AppInstanceState> answer) {
    return answer.exists() && answer.state().status() == AppInstanceState.Status.RUNNING;
  }
}
