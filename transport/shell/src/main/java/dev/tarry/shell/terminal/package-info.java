/// The shell at a terminal: a prompt, and a person who types at it.
///
/// The door in is [Conversation], over a [Session], which is whatever runs what was typed. The line is edited by
/// JLine; what is ours is the reading of unfinished input ([Sketch]), from which come its colours ([Colouring]) and
/// what the tab key offers ([Suggestions]; of files [FileNames]), the history that keeps no secrets
/// ([KeptHistory]), and the questions that a running pipeline asks ([AtTheTerminal]).
///
/// Imports `cmdlet`, `print`, `value`, `run` and JLine, which nothing else of the shell does: a script that runs
/// without a terminal never loads it. Never here: what a script means.
package dev.tarry.shell.terminal;
