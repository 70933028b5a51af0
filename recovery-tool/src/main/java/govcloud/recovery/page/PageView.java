package govcloud.recovery.page;

import govcloud.recovery.plan.Estimate;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.plan.TenantPlan;
import govcloud.recovery.progress.Phase;
import govcloud.recovery.progress.Snapshot;
import govcloud.recovery.progress.TenantProgress;
import govcloud.recovery.progress.TenantState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes a recovery's state as HTML: first the answer in words, then the picture, then the table.
 */
final class PageView {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** More rows help nobody on this page; the grid has all. */
  private static final int ROWS = 200;

  private final ZoneId zone;
  private final Optional<Instant> lostAt;

  /**
   * A view.
   *
   * @param lostAt when the site was lost, if that is known
   */
  PageView(ZoneId zone, Optional<Instant> lostAt) {
    this.zone = zone;
    this.lostAt = lostAt;
  }

  /** The whole page. */
  String page(Snapshot now, PageText text) {
    String title = text.say("title", now.cloud(), now.sibling());
    return """
        <!doctype html>
        <html lang="%s"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title><link rel="stylesheet" href="page.css">
        <noscript><meta http-equiv="refresh" content="5"></noscript></head>
        <body><header><h1>%s</h1><p>%s</p><a href="?lang=%s" lang="%s">%s</a></header>
        <main><p id="stale" role="alert" data-text="%s" hidden></p>
        <p id="spoken" class="hidden" role="status"></p>
        <div id="live">%s</div></main>
        <script src="page.js" type="module"></script></body></html>
        """
        .formatted(
            text.language(),
            escape(title),
            escape(title),
            escape(text.say("point", point(now, text))),
            text.say("lang.other.code"),
            text.say("lang.other.code"),
            text.say("lang.other"),
            escape(text.say("stale", "%s")),
            live(now, text));
  }

  private static String point(Snapshot now, PageText text) {
    return now.point().equals("latest")
        ? text.say("point.latest")
        : text.say("point.cut", now.point().replaceFirst("^cut-", ""));
  }

  /** What changes. */
  String live(Snapshot now, PageText text) {
    StringBuilder html = new StringBuilder("<div class=\"cards\">");
    time(now, text, html);
    usable(now, text, html);
    loss(now, text, html);
    html.append("</div>");
    phases(now, text, html);
    if (!now.tenants().isEmpty()) {
      grid(now, text, html);
      table(now, text, html);
      behind(now, text, html);
    }
    return html.toString();
  }

  private void time(Snapshot now, PageText text, StringBuilder html) {
    Duration spent = Duration.between(now.began(), now.now());
    String headline = text.say("eta.unknown");
    String detail = "";
    String kind = "";
    if (now.outcome().isPresent()) {
      boolean good = now.outcome().get();
      headline = text.say(good ? "eta.proved" : "eta.refuted");
      detail = text.say("eta.done", at(now.now()));
      kind = good ? "good" : "bad";
    } else if (now.left().isPresent()) {
      Estimate left = now.left().get();
      headline = text.say("eta.at", at(now.now().plus(left.likely())));
      detail =
          text.say("eta.band", at(now.now().plus(left.low())), at(now.now().plus(left.high())));
    } else if (now.phases().get(Phase.RESTORE) >= 1 && now.phases().get(Phase.COMPARE) == 0) {
      headline = text.say("eta.restored");
    }
    String spoken = now.outcome().isPresent() ? headline : "";
    card(
        html,
        text.say("elapsed", clock(spent)),
        "<strong id=\"headline\" class=\"%s\" data-spoken=\"%s\">%s</strong>"
            .formatted(kind, escape(spoken), escape(headline)),
        detail);
  }

  private void usable(Snapshot now, PageText text, StringBuilder html) {
    boolean known = !now.tenants().isEmpty();
    String value =
        known
            ? text.say("usable.of", now.count(TenantState.PROVED), now.tenants().size())
            : text.say("usable.none");
    card(html, text.say("usable"), strong("good", value), known ? order(now, text) : "");
  }

  /** As long as the log of all is worked on, nobody is served, and people ask until when. */
  private String order(Snapshot now, PageText text) {
    return now.first()
        .map(first -> text.say("usable.first", at(now.now().plus(first.likely()))))
        .orElse(text.say("usable.order"));
  }

  private void loss(Snapshot now, PageText text, StringBuilder html) {
    if (now.plan().isEmpty()) {
      card(html, text.say("loss"), strong("", text.say("loss.unknown")), "");
      return;
    }
    RecoveryPlan plan = now.plan().get();
    String last = day(plan.lastEventAt());
    if (!now.point().equals("latest")) {
      card(
          html,
          text.say("loss"),
          strong("warn", text.say("loss.cut", plan.lostEvents())),
          text.say(
              "loss.cut.detail",
              plan.cut().orElse(0),
              plan.cutAt().map(this::day).orElse(""),
              plan.tenantsAfterCut()));
    } else if (lostAt.isPresent()) {
      long seconds = Math.max(0, Duration.between(plan.lastEventAt(), lostAt.get()).toSeconds());
      card(
          html,
          text.say("loss"),
          strong("warn", text.say("loss.seconds", seconds)),
          text.say("loss.seconds.detail", last));
    } else {
      card(
          html,
          text.say("loss"),
          strong("warn", text.say("loss.latest", last)),
          text.say("loss.latest.detail"));
    }
  }

  private static String strong(String kind, String value) {
    return "<strong class=\"%s\">%s</strong>".formatted(kind, escape(value));
  }

  private static void card(StringBuilder html, String title, String value, String detail) {
    html.append("<section><h2>").append(escape(title)).append("</h2>").append(value);
    if (!detail.isEmpty()) {
      html.append("<p>").append(escape(detail)).append("</p>");
    }
    html.append("</section>");
  }

  private static void phases(Snapshot now, PageText text, StringBuilder html) {
    html.append("<section><h2>").append(text.say("phases")).append("</h2>");
    for (Phase phase : Phase.values()) {
      int percent = (int) Math.floor(now.phases().get(phase) * 100);
      String name = text.say("phase." + phase);
      html.append(
          """
          <div class="phase"><span id="p-%1$s">%2$s</span>\
          <progress max="100" value="%3$d" aria-labelledby="p-%1$s"></progress>\
          <span>%3$d %%</span></div>"""
              .formatted(phase, escape(name), percent));
    }
    html.append("</section>");
  }

  private static void grid(Snapshot now, PageText text, StringBuilder html) {
    html.append("<section><h2>").append(text.say("tenants")).append("</h2><ul class=\"legend\">");
    for (TenantState state : TenantState.values()) {
      html.append("<li>")
          .append(square(state, ""))
          .append(escape(text.say("state." + state)))
          .append(' ')
          .append(now.count(state))
          .append("</li>");
    }
    html.append("</ul><ul class=\"grid\">");
    for (TenantProgress tenant : now.tenants()) {
      String words = name(tenant, text) + ": " + text.say("state." + tenant.state());
      html.append("<li>")
          .append(square(tenant.state(), words))
          .append("<span class=\"hidden\">")
          .append(escape(words))
          .append("</span></li>");
    }
    html.append("</ul></section>");
  }

  /** Each state has a sign, so that it is told without its colour. */
  private static String square(TenantState state, String title) {
    String sign =
        switch (state) {
          case WAITING -> "·";
          case RESTORING -> "↓";
          case RESTORED -> "=";
          case PROVING -> "?";
          case PROVED -> "✓";
          case DAMAGED -> "!";
        };
    return "<span class=\"square %s\" aria-hidden=\"true\" title=\"%s\">%s</span>"
        .formatted(state.name().toLowerCase(Locale.ROOT), escape(title), sign);
  }

  private static void table(Snapshot now, PageText text, StringBuilder html) {
    html.append("<section class=\"table\"><table><thead><tr><th scope=\"col\">")
        .append(text.say("column.tenant"))
        .append("</th><th scope=\"col\" class=\"class\">")
        .append(text.say("column.class"))
        .append("</th><th scope=\"col\" class=\"number\">")
        .append(text.say("column.records"))
        .append("</th><th scope=\"col\">")
        .append(text.say("column.state"))
        .append("</th></tr></thead><tbody>");
    for (TenantProgress tenant : now.tenants().stream().limit(ROWS).toList()) {
      boolean under =
          tenant.state() == TenantState.RESTORING || tenant.state() == TenantState.PROVING;
      html.append(
              "<tr><td>%s</td><td class=\"class\">%s</td>"
                  .formatted(
                      escape(name(tenant, text)),
                      escape(text.say("class." + tenant.disasterClass()))))
          .append(
              "<td class=\"number\">%,d</td><td>%s%s%s</td></tr>"
                  .formatted(
                      tenant.records(),
                      escape(text.say("state." + tenant.state())),
                      under ? " %d %%".formatted((int) (tenant.share() * 100)) : "",
                      pin(tenant, text)));
    }
    html.append("</tbody></table></section>");
  }

  /**
   * What is not brought back where a cut is restored, for each department that misses something.
   */
  private static void behind(Snapshot now, PageText text, StringBuilder html) {
    List<TenantPlan> missing =
        now.plan().stream()
            .flatMap(plan -> plan.tenants().stream())
            .filter(tenant -> tenant.lost() > 0)
            .limit(ROWS)
            .toList();
    if (now.point().equals("latest") || missing.isEmpty()) {
      return;
    }
    html.append("<section><h2>").append(text.say("behind")).append("</h2><dl>");
    for (TenantPlan tenant : missing) {
      String name =
          tenant.tenant().isEmpty() ? text.say("cloud") : tenant.name().in(text.language());
      html.append("<dt>").append(escape(name)).append("</dt><dd>");
      html.append(escape(tenant.lostInWords().in(text.language()))).append("</dd>");
    }
    html.append("</dl></section>");
  }

  /** Moves a tenant that waits to the front. */
  private static String pin(TenantProgress tenant, PageText text) {
    if (tenant.state() == TenantState.PROVED || tenant.state() == TenantState.DAMAGED) {
      return "";
    }
    return """
         <form method="post" action="pin?lang=%s"><button id="pin-%s" name="tenant" value="%s"\
         aria-label="%s">%s</button></form>"""
        .formatted(
            text.language(),
            escape(tenant.tenant()),
            escape(tenant.tenant()),
            escape(text.say("pin.of", name(tenant, text))),
            escape(text.say("pin")));
  }

  private static String name(TenantProgress tenant, PageText text) {
    return tenant.tenant().isEmpty() ? text.say("cloud") : tenant.name().in(text.language());
  }

  private String at(Instant moment) {
    return TIME.format(moment.atZone(zone));
  }

  private String day(Instant moment) {
    return DAY.format(moment.atZone(zone));
  }

  private static String clock(Duration spent) {
    return spent.toHours() > 0
        ? "%d:%02d:%02d".formatted(spent.toHours(), spent.toMinutesPart(), spent.toSecondsPart())
        : "%d:%02d".formatted(spent.toMinutes(), spent.toSecondsPart());
  }

  /** Names come from the lost cloud. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
