/// The HTTP skin over [dev.tarry.admin]: a table of routes as data, from which requests are served and the API's
/// description is written; problem details (RFC 9457) for everything that goes wrong; and the rules that keep web pages
/// and strangers out.
///
/// It stands on Netty's HTTP codec, which shares its engine with the mail listeners. Measured on a loaded
/// machine with two cores, from the start of the JVM to the first reply, medians of five, beside the mail
/// listener: this codec 0.98 s and 0.61 s of CPU (with an AOT cache 0.79 s and 0.37 s), the JDK's own server
/// the same, Javalin on Jetty 1.43 s and 1.05 s (0.77 s and 0.55 s). The JDK's server answers what it cannot
/// parse with HTML of its own and takes its time-outs from system properties; here every odd request gets a
/// problem, and every limit is ours and runs on wire time.
///
/// Doors in: [HttpListener], [RouteTable] and [Route] (other modules add theirs), [AdminRoutes], [ServiceRoutes],
/// [SettingsRoutes], [HttpSettings].
///
/// Sockets are read and written on io loops; each request is answered on a virtual thread of its own, where blocking is
/// fine. May import: `admin`, `time`, Netty, Jackson's streaming core. Never here: what an operation does.
package dev.tarry.admin.http;
