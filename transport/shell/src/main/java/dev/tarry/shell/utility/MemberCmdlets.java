package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.utility.Inputs.INPUT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.Wildcard;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Get-Member: what there is to ask of an object.
public final class MemberCmdlets {
    private MemberCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(Cmdlet.named("Get-Member", "gm")
                .takes(
                        Parameter.of("Name", TEXTS).at(0),
                        Parameter.of("MemberType", TEXTS)
                                .alias("Type")
                                .oneOf("All", "Property", "Properties", "NoteProperty", "Method", "Methods"),
                        Parameter.of("Force", SWITCH),
                        INPUT)
                .shows("MemberDefinition", "Name", "MemberType", "Definition")
                .refuses("Static members are written [type]::Member.", SWITCH, "Static")
                .refuses("There is one view.", "View")
                .summary("Gets the properties and methods of objects.")
                .remark("It lists what this shell knows of a type, not all that .NET has.")
                .does(Members::new));
    }

    /// Each type once, as its first object comes.
    private static final class Members implements Stage {
        private final Set<String> seen = new HashSet<>();
        private boolean any;

        @Override
        public void process(Call call) {
            Object item = Inputs.unformatted(call);
            if (item == null) {
                return;
            }
            any = true;
            String type = TypeNames.of(item);
            String shape = item instanceof Row row && TypeNames.isCustom(row) ? type + row.names() : type;
            if (seen.add(shape)) {
                List<Row> members = MemberList.of(item, type).stream()
                        .filter(member -> wanted(call, member))
                        .toList();
                members.forEach(call::write);
            }
        }

        private static boolean wanted(Call call, Row member) {
            List<String> names = call.texts("Name");
            List<String> types = call.texts("MemberType");
            String type = (String) member.get("MemberType");
            return (names.isEmpty()
                            || names.stream()
                                    .anyMatch(name -> new Wildcard(name, false).matches((String) member.get("Name"))))
                    && (types.isEmpty()
                            || types.stream()
                                    .anyMatch(t -> t.equals("All")
                                            || t.equals(type)
                                            || t.equals("Methods") && type.equals("Method")
                                            || t.equals("Properties") && type.endsWith("Property")));
        }

        @Override
        public void end(Call call) {
            if (!any) {
                call.report(
                        Inputs.invalid("NoObjectInGetMember", "You must specify an object for the Get-Member cmdlet."));
            }
        }
    }
}
