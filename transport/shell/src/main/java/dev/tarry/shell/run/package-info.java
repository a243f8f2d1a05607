/// How a script runs: statements one by one, pipelines object by object, words bound to parameters.
///
/// The door in is [Evaluator]; what a statement does is [Statements], what an expression is worth [Expressions],
/// what a command's name means [Commands], and which parameters its words mean [Binder]. A statement that fails
/// says so and the next one runs; `-ErrorAction Stop` and `exit` end the script. Everything happens on the thread
/// that calls.
///
/// Imports `syntax`, `value`, `print`, `cmdlet` and the client. Never here: what a cmdlet does.
package dev.tarry.shell.run;
