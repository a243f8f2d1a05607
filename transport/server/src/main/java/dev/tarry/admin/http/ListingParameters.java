package dev.tarry.admin.http;

import dev.tarry.admin.OperationRefused;
import dev.tarry.admin.Paging;
import dev.tarry.admin.ResultSize;

/// The parameters that listings share (reference §11.1, §11.2): described to their routes, and read from their
/// requests.
final class ListingParameters {
    static final String FILTER = "A filter as Exchange's shell takes it: conditions joined by -and.";

    private static final Shape RESULT_SIZE =
            Shape.either(Shape.within(1, ResultSize.UNLIMITED), Shape.oneOf("Unlimited"));

    private ListingParameters() {}

    static Route.Draft filter(Route.Draft route, String example) {
        return route.query("filter", Shape.TEXT.such(example), FILTER);
    }

    static Route.Draft resultSize(Route.Draft route) {
        return route.query("resultSize", RESULT_SIZE.such(100), "How many at most; 1000 if not given.");
    }

    /// @throws OperationRefused if it is none
    static ResultSize resultSize(Request request) {
        return request.query("resultSize").map(ResultSize::parse).orElse(ResultSize.DEFAULT);
    }

    /// @param order an example of a sort order @param bookmark an example of an identity
    static Route.Draft paging(Route.Draft route, String order, String bookmark) {
        return resultSize(route)
                .query(
                        "sortOrder",
                        Shape.TEXT.such(order),
                        "Properties to sort by, with + or - before each; Identity comes last, ascending.")
                .query(
                        "bookmarkIndex",
                        Shape.within(Integer.MIN_VALUE, Integer.MAX_VALUE).such(1),
                        "Position, from 1, at which the page begins; 0 and less: the first page; 2147483647: the last.")
                .query(
                        "bookmark",
                        Shape.TEXT.such(bookmark),
                        "Identity of the object at which the page begins, instead of bookmarkIndex.")
                .query(
                        "includeBookmark",
                        Shape.FLAG,
                        "Whether the object at the bookmark belongs to the page; true if not given.")
                .query(
                        "searchForward",
                        Shape.FLAG,
                        "false: the page that ends at the bookmark, or, without one, the last; true if not given.")
                .query("returnPageInfo", Shape.FLAG, "true adds page: where it begins, and how many there are in all.");
    }

    /// @throws OperationRefused if they contradict each other
    static Paging paging(Request request) {
        return new Paging(
                request.query("sortOrder"),
                request.query("bookmarkIndex").map(Integer::valueOf),
                request.query("bookmark"),
                request.queryFlag("includeBookmark", true),
                request.queryFlag("searchForward", true),
                resultSize(request),
                request.queryFlag("returnPageInfo"));
    }
}
