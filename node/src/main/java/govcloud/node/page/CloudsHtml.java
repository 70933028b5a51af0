package govcloud.node.page;

import govcloud.node.replication.ReplicationStatus;
import govcloud.node.replication.drill.DrillSummary;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** This cloud and its sibling. */
final class CloudsHtml {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.of("Asia/Shanghai"));
  private static final int WIDTH = 300;
  private static final int HEIGHT = 40;
  private static final double LEAST_SCALE_SECONDS = 10;

  private final Language language;

  CloudsHtml(Language language) {
    this.language = language;
  }

  private String say(String zh, String en) {
    return language.of(zh, en);
  }

  /** The items of the list. */
  String list(Overview overview) {
    var html = new Html();
    ReplicationStatus now = overview.replication().now();
    home(html, overview.cloud(), now, overview.replication().drill());
    sibling(html, now, overview.replication().ages());
    return html.toString();
  }

  private void home(Html html, String cloud, ReplicationStatus now, Optional<DrillSummary> drill) {
    html.raw("<li class=\"node " + (now.givenUp().isPresent() ? "notup" : "up") + "\"><h3>")
        .text(cloud)
        .raw("</h3>")
        .element(
            "p",
            "status",
            now.givenUp().isPresent()
                ? say("本站点已弃用，只读", "a site that was given up, read-only")
                : say("本云", "this cloud"))
        .element(
            "p", "detail", say(now.archived() + " 个段文件已归档", now.archived() + " segments archived"));
    html.element(
        "p",
        "detail",
        now.lastCut()
            .map(
                cut ->
                    say("最近切点：第 " + cut.number() + " 号，", "last cut: number " + cut.number() + ", ")
                        + TIME.format(cut.at()))
            .orElse(say("还没有切点", "no cut yet")));
    html.element("p", "detail", drill(drill));
    html.raw("<p class=\"detail loss\">")
        .element("strong", say("此刻失去本站点会丢失：", "Lost with this site now: "))
        .text(language.of(now.wouldLose()))
        .raw("</p></li>");
  }

  /** Measured and dated, or not known: no figure here is one that somebody hopes for. */
  String drill(Optional<DrillSummary> drill) {
    return drill
        .filter(last -> last.recoveryTime().isPresent() && last.lastRecordAt().isPresent())
        .map(
            last -> {
              long minutes = (last.recoveryTime().get().toSeconds() + 59) / 60;
              String to = TIME.format(last.lastRecordAt().get());
              String measured = TIME.format(last.beganAt());
              return say(
                  "可恢复到 %s，约需 %d 分钟（%s 演练实测）".formatted(to, minutes, measured),
                  "You could recover to %s in about %d min, measured in the drill of %s"
                      .formatted(to, minutes, measured));
            })
        .orElse(say("恢复时间未经演练验证", "How long a recovery takes was not measured yet"));
  }

  private void sibling(Html html, ReplicationStatus now, List<Duration> ages) {
    boolean well = now.isCovered();
    html.raw("<li class=\"node " + (well ? "up" : "notup") + "\"><h3>")
        .text(now.sibling().isEmpty() ? say("没有兄弟云", "no sibling cloud") : now.sibling())
        .raw("</h3>")
        .element("p", "status", state(now.state()));
    if (now.isOn()) {
      html.element(
          "p",
          "detail",
          say("滞后 ", "behind by ")
              + seconds(now.recoveryPointAge())
              + " · "
              + say(now.receipted() + " 个段文件有回执", now.receipted() + " segments with receipt"));
      html.element(
          "p",
          "detail",
          now.lastReceipt()
              .map(at -> say("最近回执：", "last receipt: ") + TIME.format(at))
              .orElse(say("还没有回执", "no receipt yet")));
      now.attachments()
          .filter(known -> known.missing() > 0)
          .ifPresent(
              known ->
                  html.element(
                      "p",
                      "detail",
                      say(
                          known.missing() + " 个附件尚未到达",
                          known.missing() + " attachments not there yet")));
      spark(html, ages);
    }
    html.raw("</li>");
  }

  /** A line over the last minutes; its highest point is named for those who do not see it. */
  private void spark(Html html, List<Duration> ages) {
    if (ages.size() < 2) {
      return;
    }
    double highest = ages.stream().mapToLong(Duration::toMillis).max().orElse(0) / 1000.0;
    double scale = Math.max(LEAST_SCALE_SECONDS, highest);
    var points = new StringBuilder();
    for (int i = 0; i < ages.size(); i++) {
      double x = (double) WIDTH * i / (ages.size() - 1);
      double y = HEIGHT - 1 - (HEIGHT - 2) * (ages.get(i).toMillis() / 1000.0) / scale;
      points.append(String.format(Locale.ROOT, "%.0f,%.1f ", x, y));
    }
    html.raw("<svg class=\"spark\" role=\"img\" preserveAspectRatio=\"none\" viewBox=\"0 0 ")
        .raw(WIDTH + " " + HEIGHT + "\" aria-label=\"")
        .text(
            String.format(
                Locale.ROOT,
                say("最近几分钟的滞后，最高 %.1f 秒", "lag of the last minutes, %.1f s at most"),
                highest))
        .raw("\"><polyline points=\"" + points.toString().strip() + "\"/></svg>");
  }

  private static String seconds(Duration age) {
    return String.format(Locale.ROOT, "%.1f s", age.toMillis() / 1000.0);
  }

  private String state(ReplicationStatus.State state) {
    return switch (state) {
      case IN_STEP -> say("同步", "in step");
      case BEHIND -> say("滞后", "behind");
      case SIBLING_AWAY -> say("无应答", "away");
      case DRAINING -> say("正在停止受理", "draining");
      case DRAINED -> say("已停止受理，可切换", "drained");
      case REFUSED -> say("拒收", "refuses");
      case LOST -> say("丢失了副本", "has lost its replica");
      case REFILLING -> say("正在补回", "is refilled");
      case MENDING -> say("正在修补缺损", "is mended");
      case OFF -> say("未启用", "off");
      case FENCED -> say("本站点已弃用", "this site was given up");
    };
  }
}
