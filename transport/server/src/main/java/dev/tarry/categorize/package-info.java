/// The categorizer: decides for each recipient of a submitted message which queue it waits in (reference §1.1 step 3).
///
/// Door in: [Categorizer], with the bounds of [OrganizationLimits]. May import: `queue`, `routing`, `mail`, `store`
/// records. Never here: I/O, waiting.
package dev.tarry.categorize;
