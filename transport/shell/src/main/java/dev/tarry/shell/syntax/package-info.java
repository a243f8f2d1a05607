/// How a script reads: text to sealed records, with PowerShell's two lexer modes (argument and expression) and its
/// precedence.
///
/// The door in is [Parser]; what comes out are [Statement] and [Expression], taken apart by pattern `switch`.
/// Outside the subset there is only [ParseFailure], which names what was met and where, the first such place and all
/// others that [Recovery] found behind it: nothing is run of such a script and nothing is read as something else.
///
/// Imports the JDK alone. Never here: values at run time, cmdlet names, output.
package dev.tarry.shell.syntax;
