package govcloud.node.attention;

import govcloud.domain.catalogue.LocalText;
import govcloud.node.attention.AttentionItem.Severity;
import govcloud.node.exchange.crossing.BundleState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an operator has to do about the exchange with other clouds by files. Pure. */
final class BundleItems {

  private BundleItems() {}

  static List<AttentionItem> of(List<BundleState> states) {
    var items = new ArrayList<AttentionItem>();
    for (var state : states) {
      if (state.refused() > 0) {
        items.add(refused(state));
      }
      if (state.late()) {
        items.add(late(state));
      }
    }
    return items;
  }

  private static AttentionItem refused(BundleState state) {
    return new AttentionItem(
        AttentionCode.EXCHANGE_BUNDLES_REFUSED,
        Severity.RED,
        state.cloud(),
        new LocalText(
            "%d 个文件未被接收".formatted(state.refused()),
            "%d files were not taken in".formatted(state.refused())),
        new LocalText(
            "查看收件目录 .refused 中各文件的 .reason；查清网闸或对方云后删除这些文件",
            "see .reason beside each in .refused of its inbox; find out what is wrong with the"
                + " gateway or the other cloud, then delete them"),
        Optional.empty());
  }

  private static AttentionItem late(BundleState state) {
    var missing = state.missing() > 0 && state.missingSince().isPresent();
    return new AttentionItem(
        AttentionCode.EXCHANGE_BUNDLES_LATE,
        Severity.YELLOW,
        state.cloud(),
        missing
            ? new LocalText(
                "第 %d 号数据包未到".formatted(state.missing()),
                "bundle %d has not come".formatted(state.missing()))
            : new LocalText(
                "%d 个数据包未获回执".formatted(state.unacknowledged()),
                "%d bundles were not acknowledged".formatted(state.unacknowledged())),
        new LocalText(
            "用 govcloud exchange clouds 查看；检查两个方向的网闸与对方云",
            "see govcloud exchange clouds; look at the gateways of both directions and the other"
                + " cloud"),
        missing ? state.missingSince() : state.unacknowledgedSince());
  }
}
