package govcloud.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;

/** How far the supervisor is, told through a file to whoever started it. */
final class SupervisorProgress {
  private final ObjectMapper json;
  private final CloudHome home;
  private final long pid;

  SupervisorProgress(ObjectMapper json, CloudHome home, long pid) {
    this.json = json;
    this.home = home;
    this.pid = pid;
  }

  void at(double share, String activity) {
    write(false, share, activity, null);
  }

  void ready() {
    write(true, 1, "ready", null);
  }

  void failed(CommandFailure failure) {
    write(false, 1, "failed", failure);
  }

  private void write(boolean ready, double share, String activity, CommandFailure failure) {
    ObjectNode document = json.createObjectNode();
    document.put("pid", pid).put("ready", ready).put("share", share).put("activity", activity);
    if (failure != null) {
      document.put("exit_code", failure.exitCode().name());
      document.set("problem", failure.problem());
    }
    CloudHome.write(json, home.progress(), document);
  }
}
