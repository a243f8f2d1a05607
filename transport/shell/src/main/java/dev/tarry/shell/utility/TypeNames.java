package dev.tarry.shell.utility;

import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Row;
import java.util.Map;

/// .NET's names of the types of objects, as Get-Member and Export-Csv say them: what Exchange, Windows and PowerShell
/// call theirs, and for tarry's own `Tarry.` and its type.
final class TypeNames {
    private static final String SELECTED = "Selected.";

    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("Queue", "Microsoft.Exchange.Data.QueueViewer.ExtensibleQueueInfo"),
            Map.entry("Message", "Microsoft.Exchange.Data.QueueViewer.ExtensibleMessageInfo"),
            Map.entry("QueueDigest", "Microsoft.Exchange.Management.QueueDigest.QueueDigestPresentationObject"),
            Map.entry(
                    "MessageTrackingEvent",
                    "Microsoft.Exchange.Management.TransportLogSearchTasks.MessageTrackingEvent"),
            Map.entry("TransportService", "Microsoft.Exchange.Data.Directory.Management.TransportServer"),
            Map.entry(
                    "TransportConfig",
                    "Microsoft.Exchange.Data.Directory.SystemConfiguration.TransportConfigContainer"),
            Map.entry("SendConnector", "Microsoft.Exchange.Data.Directory.SystemConfiguration.SmtpSendConnectorConfig"),
            Map.entry("ReceiveConnector", "Microsoft.Exchange.Data.Directory.SystemConfiguration.ReceiveConnector"),
            Map.entry("AcceptedDomain", "Microsoft.Exchange.Data.Directory.SystemConfiguration.AcceptedDomain"),
            Map.entry("RemoteDomain", "Microsoft.Exchange.Data.Directory.SystemConfiguration.DomainContentConfig"),
            Map.entry("Service", "System.ServiceProcess.ServiceController"),
            Map.entry("GroupInfo", "Microsoft.PowerShell.Commands.GroupInfo"),
            Map.entry("GroupInfoNoElement", "Microsoft.PowerShell.Commands.GroupInfoNoElement"),
            Map.entry("GenericMeasureInfo", "Microsoft.PowerShell.Commands.GenericMeasureInfo"),
            Map.entry("TextMeasureInfo", "Microsoft.PowerShell.Commands.TextMeasureInfo"),
            Map.entry("MatchInfo", "Microsoft.PowerShell.Commands.MatchInfo"),
            Map.entry("MemberDefinition", "Microsoft.PowerShell.Commands.MemberDefinition"),
            Map.entry("CmdletInfo", "System.Management.Automation.CmdletInfo"),
            Map.entry("AliasInfo", "System.Management.Automation.AliasInfo"),
            Map.entry("PSVariable", "System.Management.Automation.PSVariable"),
            Map.entry("TimeZoneInfo", "System.TimeZoneInfo"),
            Map.entry("FileInfo", "System.IO.FileInfo"),
            Map.entry("DirectoryInfo", "System.IO.DirectoryInfo"),
            Map.entry(
                    "PerformanceCounterSampleSet",
                    "Microsoft.PowerShell.Commands.GetCounter.PerformanceCounterSampleSet"),
            Map.entry("PerformanceCounterSample", "Microsoft.PowerShell.Commands.GetCounter.PerformanceCounterSample"),
            Map.entry("CounterSet", "Microsoft.PowerShell.Commands.GetCounter.CounterSet"),
            Map.entry("PathInfo", "System.Management.Automation.PathInfo"),
            Map.entry("Nested", Row.CUSTOM));

    private TypeNames() {}

    static String of(Object value) {
        return value instanceof Row row ? full(row.type()) : Conversion.typeName(value);
    }

    private static String full(String type) {
        if (type.startsWith(SELECTED)) {
            return SELECTED + full(type.substring(SELECTED.length()));
        }
        String known = KNOWN.get(type);
        return known != null ? known : type.indexOf('.') >= 0 ? type : "Tarry." + type;
    }

    /// Whether its properties were written on it by a script.
    static boolean isCustom(Row row) {
        return row.type().startsWith(SELECTED) || full(row.type()).equals(Row.CUSTOM);
    }
}
