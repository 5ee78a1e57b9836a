import java.sql.*;
import java.util.*;

/**
 * What the JDBC driver finds: the shared tables, a prepared statement run twice, a report. One line of JSON.
 * Without a report to run it only says as whom it came in.
 */
public class Program {
  static String environment(String name) { return System.getenv("CLIENT_" + name); }

  static String quoted(String text) { return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\""; }

  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    properties.put("user", environment("USER"));
    properties.put("password", environment("PASSWORD"));
    properties.put("databaseMetadataCurrentDbOnly", "false");
    boolean tls = environment("TLS").equals("true");
    properties.put("ssl", String.valueOf(tls));
    if (tls) {
      properties.put("sslmode", "verify-ca");
      properties.put("sslRootCert", environment("CA"));
    }
    String url = "jdbc:redshift://" + environment("HOST") + ":" + environment("PORT") + "/" + environment("DATABASE");
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      if (environment("REPORT") == null) {
        ResultSet user = connection.createStatement().executeQuery("select current_user");
        user.next();
        System.out.println("{\"user\":" + quoted(user.getString(1)) + "}");
        return;
      }
      List<String> tables = new ArrayList<>();
      ResultSet listed = connection.getMetaData().getTables(environment("SHARED"), environment("SCHEMA"), "%", null);
      while (listed.next()) tables.add(quoted(listed.getString("TABLE_NAME")));
      List<String> prepared = new ArrayList<>();
      PreparedStatement statement = connection.prepareStatement(environment("PREPARED").replace("$1", "?"));
      for (String tier : new String[] {"gold", "none"}) {
        statement.setString(1, tier);
        ResultSet counted = statement.executeQuery();
        counted.next();
        prepared.add(String.valueOf(counted.getLong(1)));
      }
      List<String> report = new ArrayList<>();
      ResultSet rows = connection.createStatement().executeQuery(environment("REPORT"));
      while (rows.next()) report.add(quoted(rows.getString(1)));
      System.out.println("{\"tables\":" + tables + ",\"prepared\":" + prepared + ",\"report\":" + report + "}");
    }
  }
}
