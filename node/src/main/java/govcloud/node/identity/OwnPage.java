package govcloud.node.identity;

import govcloud.domain.identity.AccountState;
import java.util.List;
import java.util.stream.Stream;

/** Pages for those who have signed in, each for whoever may ask for what it shows. */
public enum OwnPage {
  /** The first page. */
  OVERVIEW("/", "总览", "Overview", "getCluster listTenants"),
  /** Dangerous commands that wait for people. */
  APPROVALS("/approvals", "高危操作审批", "Dangerous commands", "getApproval"),
  /** People who were invited and have not come in. */
  INVITATIONS("/invitations", "待接受的邀请", "Open invitations", "listAccounts renewInvitation"),
  /** The audit trail. */
  AUDIT("/audit", "审计日志", "Audit trail", "searchAudit"),
  /** What departments share. */
  SUPERVISION("/supervision", "数据共享监督", "Supervision of data sharing", "getSupervision"),
  /** The catalogue of data resources. */
  RESOURCES("/resources", "数据资源目录", "Catalogue of data resources", "listResources"),
  /** Who has looked at one's data. */
  MY_DATA("/my-data", "谁查看过我的数据", "Who looked at my data", "listMyAccesses");

  private final String path;
  private final String zh;
  private final String en;
  private final String operations;

  OwnPage(String path, String zh, String en, String operations) {
    this.path = path;
    this.zh = zh;
    this.en = en;
    this.operations = operations;
  }

  String path() {
    return path;
  }

  String zh() {
    return zh;
  }

  String en() {
    return en;
  }

  /** What somebody must be allowed to ask for. */
  List<String> operations() {
    return List.of(operations.split(" "));
  }

  /** Those that an account may see. */
  static List<OwnPage> of(AccountState state, Permissions permissions) {
    return Stream.of(values())
        .filter(page -> page.operations().stream().allMatch(one -> mayAsk(state, permissions, one)))
        .toList();
  }

  private static boolean mayAsk(AccountState state, Permissions permissions, String operation) {
    return state.roles().stream().anyMatch(role -> permissions.allow(operation, role, false));
  }
}
