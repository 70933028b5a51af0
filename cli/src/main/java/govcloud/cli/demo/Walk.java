package govcloud.cli.demo;

import java.util.List;
import java.util.Map;

/** Ways that cases go through the three apps: action and role, one after the other. */
final class Walk {
  private Walk() {}

  /** The ways through an app; a case takes one of them and stops somewhere. */
  static List<List<String>> of(String definition) {
    return WALKS.getOrDefault(definition, List.of());
  }

  private static final Map<String, List<List<String>>> WALKS =
      Map.of(
          "administrative-approval",
          List.of(
              way(
                  "apply:applicant begin-pre-review:window-clerk accept:window-clerk"
                      + " begin-review:reviewer pass-first-review:reviewer"
                      + " propose-decision:reviewer grant:approver"
                      + " make-certificate:certificate-clerk"
                      + " hand-over-for-delivery:certificate-clerk complete:certificate-clerk"),
              way(
                  "apply:applicant begin-pre-review:window-clerk notify-correction:window-clerk"
                      + " submit-correction:applicant accept:window-clerk begin-review:reviewer"
                      + " order-inspection:reviewer pass-first-review:reviewer"
                      + " propose-decision:reviewer refuse:approver"
                      + " hand-over-for-delivery:certificate-clerk complete:certificate-clerk"),
              way(
                  "apply:applicant begin-pre-review:window-clerk accept:window-clerk"
                      + " begin-review:reviewer begin-special-procedure:reviewer"
                      + " end-special-procedure:reviewer pass-first-review:reviewer"
                      + " propose-decision:reviewer grant:approver"
                      + " make-certificate:certificate-clerk"),
              way(
                  "apply:applicant begin-pre-review:window-clerk accept:window-clerk"
                      + " begin-review:reviewer suspend:approver"),
              way("apply:applicant begin-pre-review:window-clerk refuse-acceptance:window-clerk"),
              way("apply:applicant begin-pre-review:window-clerk return-application:window-clerk"),
              way("apply:applicant begin-pre-review:window-clerk withdraw:applicant"),
              way(
                  "apply:applicant begin-pre-review:window-clerk accept:window-clerk"
                      + " begin-review:reviewer terminate:approver")),
          "document-flow",
          List.of(
              way(
                  "draft:drafter submit-for-check:drafter submit-for-countersignature:office-clerk"
                      + " countersign:countersigner submit-for-signature:office-head sign:signer"
                      + " recheck:office-clerk assign-number:office-clerk print:office-clerk"
                      + " seal:seal-keeper distribute:office-clerk archive:archivist"),
              way(
                  "sign-for:office-clerk register:office-clerk screen:office-clerk"
                      + " propose-handling:office-head give-instruction:signer take-on:handler"
                      + " urge:office-clerk reply:handler archive:archivist"),
              way(
                  "sign-for:office-clerk register:office-clerk screen:office-clerk"
                      + " propose-handling:office-head give-instruction:signer"
                      + " circulate:office-clerk archive:archivist"),
              way("draft:drafter submit-for-check:drafter return-for-revision:office-head")),
          "environmental-permit-receipt",
          List.of(
              way(
                  "confirm-receipt:clerk check-confirmation:clerk"
                      + " determine-necessity-of-stop-advice:clerk determine-confirmation:decider"
                      + " print-and-send-confirmation:clerk determine-necessity-to-stop:clerk"),
              way(
                  "confirm-receipt:clerk determine-necessity-of-stop-advice:clerk"
                      + " check-confirmation:clerk determine-necessity-to-stop:clerk"
                      + " create-document-x:clerk check-document-x:clerk"
                      + " determine-document-x:decider print-document-x:clerk")));

  private static List<String> way(String steps) {
    return List.of(steps.split(" ", -1));
  }
}
