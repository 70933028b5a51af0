package govcloud.node.http;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * What makes every answer of a node on a copy of a department known as one: a header, and the first
 * line of every page.
 */
final class CopyMark implements UnaryOperator<HttpResponse> {
  /** The header; its value is the department. */
  static final String HEADER = "Govcloud-Copy-Of";

  private static final String MARK =
      "<p role=\"note\"><strong>%s 的副本，仅供查看和培训，在此所做的一切均无效力 · A copy of %s, to look at"
          + " and to train on: nothing that is done here counts</strong></p>";

  private static final Pattern BODY = Pattern.compile("<body[^>]*>");

  private final String department;

  private CopyMark(String department) {
    this.department = department;
  }

  /** The mark of a node on a copy of a department; with an empty name it marks nothing. */
  static UnaryOperator<HttpResponse> of(String department) {
    return department.isEmpty() ? UnaryOperator.identity() : new CopyMark(department);
  }

  @Override
  public HttpResponse apply(HttpResponse answer) {
    HttpResponse marked = answer.addHeader(RawHeader.create(HEADER, department));
    return marked.entity() instanceof HttpEntity.Strict strict
            && strict.getContentType().equals(ContentTypes.TEXT_HTML_UTF8)
        ? marked.withEntity(
            HttpEntities.create(ContentTypes.TEXT_HTML_UTF8, page(strict.getData().utf8String())))
        : marked;
  }

  private String page(String html) {
    String mark = MARK.formatted(department, department);
    Matcher body = BODY.matcher(html);
    return body.find()
        ? html.substring(0, body.end()) + mark + html.substring(body.end())
        : mark + html;
  }
}
