package govcloud.node.supervision;

import govcloud.domain.deferral.NoticeDeferralState;
import govcloud.node.deferral.NoticeDeferralRow;
import govcloud.node.page.Html;
import govcloud.node.page.Language;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Deferrals of notice as a supervisor reads them. */
final class DeferralHtml {

  private final Language language;

  DeferralHtml(Language language) {
    this.language = language;
  }

  private String say(String zh, String en) {
    return language.of(zh, en);
  }

  /** Titles of the counts of departments. */
  List<String> countTitles() {
    return List.of(
        say("部门", "Office"),
        say("待批准", "Waits"),
        say("已批准", "Granted"),
        say("其中延长", "Extended"),
        say("未批准", "Declined"),
        say("提前告知", "Released early"));
  }

  /** The counts of a department. */
  List<String> cells(DeferralCount count) {
    return List.of(
        count.office(),
        String.valueOf(count.proposed()),
        String.valueOf(count.granted()),
        String.valueOf(count.extended()),
        String.valueOf(count.declined()),
        String.valueOf(count.released()));
  }

  /** Titles of single ones. */
  List<String> titles() {
    return List.of(
        say("部门", "Office"),
        say("办件", "Case"),
        say("状态", "State"),
        say("告知日期", "Shown from"),
        say("原因与依据", "Why, and by what"),
        say("申请人与批准人", "Asked and approved by"));
  }

  /** One of them. */
  List<String> cells(NoticeDeferralRow row, Instant now) {
    var state = row.state();
    var asked = state.proposal().or(() -> state.grant().map(NoticeDeferralState.Grant::proposal));
    return List.of(
        row.consumer(),
        row.caseId(),
        status(state, now),
        state.until().or(() -> asked.map(one -> one.until())).map(Html.MINUTE::format).orElse(""),
        asked.map(one -> one.reason() + " " + one.legalBasis()).orElse(""),
        state.grants().stream()
            .map(grant -> grant.proposal().person() + ", " + grant.person())
            .collect(Collectors.joining("; ")));
  }

  private String status(NoticeDeferralState state, Instant now) {
    return switch (state.status()) {
      case NONE, PROPOSED -> say("待第二人批准", "waits for the second person");
      case DECLINED -> say("未批准", "declined");
      case RELEASED -> say("已提前告知", "released early");
      case GRANTED -> state.hidesAt(now) ? say("延迟中", "deferred") : say("已告知", "shown");
    };
  }
}
