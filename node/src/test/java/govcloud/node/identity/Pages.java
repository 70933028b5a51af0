package govcloud.node.identity;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.regex.Pattern;

/** Pages as a browser asks for them that keeps a session's cookie. */
final class Pages {

  private static final Pattern OPTIONS = Pattern.compile("data-passkey=\"(.*?)\"");
  private static final Pattern WORD = Pattern.compile("name=\"csrf\" value=\"(.*?)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private String cookie = "";

  Pages(String url) {
    this.url = url;
  }

  /** Another one that has the same cookie now. */
  Pages copy() {
    var copy = new Pages(url);
    copy.cookie = cookie;
    return copy;
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String... fields) throws Exception {
    var body = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      body.append(i > 0 ? "&" : "")
          .append(fields[i])
          .append('=')
          .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(url + path));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    // One cookie is enough: that of the session, once there is one.
    answer.headers().allValues("Set-Cookie").stream()
        .sorted(Comparator.comparing(set -> !set.startsWith(SessionCookie.NAME)))
        .findFirst()
        .ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
    return answer;
  }

  /** The word that forms of one's own account carry. */
  String word() throws Exception {
    return found(WORD, get("/my-account?lang=en").body());
  }

  /** What a page asks of an authenticator. */
  static String options(HttpResponse<String> page) {
    return found(OPTIONS, page.body()).replace("&quot;", "\"").replace("&amp;", "&");
  }

  private static String found(Pattern pattern, String html) {
    var found = pattern.matcher(html);
    if (!found.find()) {
      throw new AssertionError(pattern + " is not in " + html);
    }
    return found.group(1);
  }
}
