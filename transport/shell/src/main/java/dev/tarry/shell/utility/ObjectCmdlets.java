package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.ANYS;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.print.Column;
import dev.tarry.shell.print.DefaultView;
import dev.tarry.shell.print.Person;
import dev.tarry.shell.print.SafeText;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.SecureText;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.TextForm;
import java.util.List;
import java.util.Locale;

/// Objects that scripts make: New-Object, Add-Member, ConvertTo-SecureString, Get-Credential.
public final class ObjectCmdlets {
    private ObjectCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("ConvertTo-SecureString")
                        .takes(
                                Parameter.of("String", TEXT).at(0).required().pipedWhole(),
                                Parameter.of("AsPlainText", SWITCH),
                                Parameter.of("Force", SWITCH))
                        .summary("Converts plain text to a secure string.")
                        .remark("There is no encrypted form of a secret: it takes plain text only.")
                        .simply(ObjectCmdlets::secured),
                Cmdlet.named("New-Object")
                        .takes(
                                Parameter.of("TypeName", TEXT).at(0),
                                Parameter.of("ArgumentList", ANYS).at(1).alias("Args"),
                                Parameter.of("Property", ANY))
                        .summary("Creates an instance of a Microsoft .NET Framework object.")
                        .refuses("There is no COM here.", "ComObject")
                        .remark("It makes PSObject, PSCustomObject, PSCredential, and what [type]::new() makes.")
                        .simply(ObjectCmdlets::made),
                Cmdlet.named("Add-Member")
                        .takes(
                                Parameter.of("NotePropertyName", TEXT).at(0),
                                Parameter.of("NotePropertyValue", ANY).at(1),
                                Parameter.of("NotePropertyMembers", ANY),
                                Parameter.of("MemberType", TEXT).alias("Type").oneOf("NoteProperty"),
                                Parameter.of("Name", TEXT),
                                Parameter.of("Value", ANY),
                                Parameter.of("Force", SWITCH),
                                Parameter.of("PassThru", SWITCH),
                                Inputs.INPUT)
                        .oneOf("NotePropertyName", "NotePropertyMembers", "Name")
                        .refuses("It adds note properties only.", "SecondValue", "TypeName")
                        .summary("Adds custom properties and methods to an instance of a PowerShell object.")
                        .remark("It adds note properties only.")
                        .simply(ObjectCmdlets::extended),
                Cmdlet.named("Get-Credential")
                        .takes(Parameter.of("UserName", TEXT).at(0).alias("Credential"), Parameter.of("Message", TEXT))
                        .summary("Gets a credential object based on a user name and password.")
                        .remark("It asks in the console, and only where somebody types.")
                        .simply(call -> call.write(asked(call))));
    }

    private static Row asked(Call call) {
        Person person = call.io().person();
        if (!person.isThere()) {
            throw ShellFailure.of(
                    Category.InvalidOperation,
                    "CredentialCannotBeAskedFor",
                    "HostException",
                    "Nobody can be asked for a password here. Make a credential with: New-Object PSCredential('user',"
                            + " (ConvertTo-SecureString 'password' -AsPlainText -Force)).");
        }
        call.io().out().println();
        call.io().out().println("Windows PowerShell credential request");
        call.io().out().println(SafeText.line(call.text("Message").orElse("Enter your credentials.")));
        call.io().out().flush();
        String user = call.text("UserName")
                .or(() -> person.line("User: ").map(String::strip))
                .filter(name -> !name.isEmpty())
                .orElseThrow(() -> Inputs.missing("Credential"));
        String password = person.secret("Password for user " + user + ": ").orElse("");
        return credential(user, new SecureText(password));
    }

    private static void secured(Call call) {
        if (!call.flag("AsPlainText")) {
            throw ShellFailure.of(
                    Category.InvalidArgument,
                    "ImportSecureString_InvalidArgument",
                    "PSArgumentException",
                    "There is no encrypted form of a secret here: write -AsPlainText -Force.");
        }
        call.write(new SecureText(call.text("String").orElseThrow()));
    }

    private static void made(Call call) {
        String type = call.text("TypeName").orElseThrow(() -> Inputs.missing("TypeName"));
        String bare = type.toLowerCase(Locale.ROOT)
                .replaceFirst("^system\\.(management\\.automation\\.|collections\\.)?", "");
        switch (bare) {
            case "psobject", "pscustomobject", "object" -> call.write(custom(call));
            case "pscredential" -> call.write(credential(call));
            default -> {
                if (call.has("Property")) {
                    throw Inputs.invalid("PropertyNotSupported", "-Property is for PSObject and PSCustomObject here.");
                }
                Object made = call.session().make(type, Conversion.list(call.value("ArgumentList")));
                call.write(made);
            }
        }
    }

    private static Row custom(Call call) {
        Row row = new Row(Row.CUSTOM);
        Object properties = call.value("Property");
        switch (properties) {
            case null -> {}
            case HashTable table -> table.keys().forEach(key -> row.with(TextForm.of(key), table.get(key)));
            default -> throw ShellFailure.cannotConvert(properties, "System.Collections.IDictionary", "");
        }
        return row;
    }

    private static Row credential(Call call) {
        List<Object> arguments = Conversion.list(call.value("ArgumentList"));
        if (arguments.size() != 2 || !(arguments.get(1) instanceof SecureText)) {
            throw ShellFailure.of(
                    Category.InvalidArgument,
                    "ConstructorInvokedThrowException",
                    "MethodInvocationException",
                    "A credential is made of a user name and a secure string, such as (\"user\", (ConvertTo-SecureString"
                            + " \"password\" -AsPlainText -Force)).");
        }
        return credential(TextForm.of(arguments.getFirst()), arguments.getLast());
    }

    private static Row credential(String user, Object password) {
        return new Row(SecureText.CREDENTIAL_TYPE).with("UserName", user).with("Password", password);
    }

    private static void extended(Call call) {
        if (!(Inputs.unformatted(call) instanceof Row row)) {
            throw Inputs.invalid("NoObject", "Properties can be added to objects only, and this is none.");
        }
        if (call.value("NotePropertyMembers") instanceof HashTable table) {
            table.keys().forEach(key -> add(call, row, TextForm.of(key), table.get(key)));
        } else {
            boolean note = call.has("NotePropertyName");
            String name = call.text(note ? "NotePropertyName" : "Name").orElseThrow(() -> Inputs.missing("Name"));
            add(call, row, name, call.value(note ? "NotePropertyValue" : "Value"));
        }
        if (call.flag("PassThru")) {
            call.write(row);
        }
    }

    private static void add(Call call, Row row, String name, Object value) {
        boolean there = DefaultView.columns(row).stream().map(Column::label).anyMatch(name::equalsIgnoreCase);
        if (there && !call.flag("Force")) {
            throw ShellFailure.of(
                            Category.InvalidOperation,
                            "MemberAlreadyExists",
                            "InvalidOperationException",
                            "Cannot add a member with the name \"" + name
                                    + "\" because a member with that name already exists. To overwrite the member anyway,"
                                    + " add the Force parameter to your command.")
                    .withTarget(TextForm.of(row));
        }
        row.with(name, value);
    }
}
