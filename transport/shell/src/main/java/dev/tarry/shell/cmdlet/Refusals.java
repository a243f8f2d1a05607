package dev.tarry.shell.cmdlet;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Commands that people know from PowerShell, Windows or Exchange and that this shell does not have, with the reason or
/// with what does the same: better than to say that there is no such thing.
final class Refusals {
    private static final Map<String, String> REASONS = reasons();

    private Refusals() {}

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all(
                reasons,
                "there is no window to show it in; use Format-Table or Out-Host.",
                "Out-GridView",
                "ogv",
                "Show-Command");
        all(reasons, "there is no printer; use Out-File.", "Out-Printer", "lp");
        all(
                reasons,
                "objects are not serialized as XML; use ConvertTo-Json, Export-Csv or ConvertTo-Html.",
                "Export-Clixml",
                "Import-Clixml",
                "ConvertTo-Xml",
                "Select-Xml");
        all(reasons, "use Format-List *.", "Format-Custom", "fc");
        all(
                reasons,
                "of files there are names, dates, sizes and text: Get-ChildItem, Get-Item, New-Item, Copy-Item, Move-Item,"
                        + " Remove-Item, Get-Content, Set-Content.",
                "Set-Item",
                "si",
                "Clear-Item",
                "cli",
                "Invoke-Item",
                "ii",
                "Clear-Content",
                "clc",
                "Get-ItemProperty",
                "gp",
                "Get-ItemPropertyValue",
                "Set-ItemProperty",
                "sp",
                "New-PSDrive",
                "Get-PSDrive",
                "gdr",
                "Remove-PSDrive",
                "Get-PSProvider",
                "Get-Acl",
                "Set-Acl",
                "Get-FileHash",
                "Compress-Archive",
                "Expand-Archive");
        all(
                reasons,
                "the shell talks to one server; name another one with tarry shell --server URL.",
                "Enter-PSSession",
                "etsn",
                "Exit-PSSession",
                "New-PSSession",
                "nsn",
                "Get-PSSession",
                "Remove-PSSession",
                "Import-PSSession",
                "Connect-PSSession",
                "Connect-ExchangeOnline",
                "Enable-PSRemoting");
        all(
                reasons,
                "nothing runs in the background here.",
                "Start-Job",
                "sajb",
                "Get-Job",
                "gjb",
                "Receive-Job",
                "rcjb",
                "Wait-Job",
                "wjb",
                "Stop-Job",
                "Remove-Job",
                "Start-ThreadJob",
                "Register-ScheduledJob",
                "Register-ScheduledTask",
                "Get-ScheduledTask",
                "Register-ObjectEvent",
                "Register-EngineEvent",
                "Wait-Event");
        all(
                reasons,
                "there is no .NET and no WMI behind this shell.",
                "Add-Type",
                "Get-WmiObject",
                "gwmi",
                "Invoke-WmiMethod",
                "Get-CimInstance",
                "gcim",
                "Invoke-CimMethod",
                "Get-CimSession",
                "New-CimSession",
                "Trace-Command",
                "Set-PSBreakpoint");
        all(
                reasons,
                "processes of the machine are not listed; Get-Service tells whether the server runs, and its /metrics what"
                        + " time and memory it takes.",
                "Get-Process",
                "gps",
                "ps");
        all(
                reasons,
                "programs of the machine are not started from here.",
                "Start-Process",
                "saps",
                "Stop-Process",
                "spps",
                "kill",
                "Wait-Process",
                "cmd",
                "powershell",
                "pwsh",
                "Restart-Computer",
                "Stop-Computer",
                "netsh",
                "dnscmd",
                "gpupdate",
                "gpresult",
                "whoami",
                "notepad",
                "eventvwr",
                "services.msc");
        all(
                reasons,
                "use Test-NetConnection HOST -Port 25, Test-SmtpConnectivity, or nslookup.",
                "telnet",
                "telnet.exe",
                "Test-Port",
                "portqry",
                "portqry.exe");
        all(
                reasons,
                "there are no routes and no sockets to show here; Test-NetConnection tries one way.",
                "tracert",
                "pathping",
                "netstat",
                "route",
                "arp",
                "Get-NetTCPConnection",
                "Get-NetUDPEndpoint",
                "Get-NetRoute");
        all(
                reasons,
                "Exchange's, Windows' and tarry's cmdlets are built in; Get-Command lists them.",
                "Get-Module",
                "gmo",
                "Remove-Module",
                "Get-PSSnapin",
                "Install-Module",
                "Find-Module");
        all(
                reasons,
                "the shell speaks to tarry's server only.",
                "Invoke-WebRequest",
                "iwr",
                "wget",
                "curl",
                "Invoke-RestMethod",
                "irm");
        all(
                reasons,
                "the lab's clock is set by Set-LabClock and Step-LabClock, and the machine's not from here.",
                "Set-Date",
                "Set-TimeZone");
        all(reasons, "scripts run whatever the policy of a machine is.", "Set-ExecutionPolicy", "Get-ExecutionPolicy");
        all(
                reasons,
                "aliases last for the session: write Set-Alias into a script.",
                "Export-Alias",
                "epal",
                "Import-Alias",
                "ipal");
        all(reasons, "Windows PowerShell has it as Remove-Item alias:NAME, and so has this shell.", "Remove-Alias");
        all(reasons, "help is built in and always up to date.", "Update-Help", "Save-Help");
        all(
                reasons,
                "there is no encrypted form of a secret here.",
                "ConvertFrom-SecureString",
                "Protect-CmsMessage",
                "Unprotect-CmsMessage");
        return Collections.unmodifiableMap(reasons);
    }

    private static void all(Map<String, String> reasons, String reason, String... names) {
        for (String name : names) {
            reasons.put(name, reason);
        }
    }

    static Optional<String> of(String name) {
        return Optional.ofNullable(REASONS.get(name));
    }
}
