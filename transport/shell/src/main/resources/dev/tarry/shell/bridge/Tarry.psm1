# The cmdlets of tarry for PowerShell. Written by `tarry shell --write-module`; changes to it are lost.
#
# Each function hands its parameters and objects to one long-lived `tarry shell --objects`, which runs the same cmdlet
# that tarry's own shell runs, and makes objects of its answers: a line of JSON each way.

Set-StrictMode -Version 3.0

$script:Program = '{{program}}'
$script:Server = ''
$script:TokenFile = ''
$script:Bridge = $null
$script:Requests = $null
$script:Answers = $null
$script:LastCall = 0

# -- the program behind it

function Connect-Tarry {
    <#
    .SYNOPSIS
    Says which server the cmdlets talk to.
    .DESCRIPTION
    Without it they talk to the one that the variable TARRY_SERVER names, with the token in TARRY_TOKEN, or to
    http://127.0.0.1:8025. The program that is started for it is the one in TARRY_COMMAND, or the one that wrote this
    module.
    .EXAMPLE
    Connect-Tarry -Server http://127.0.0.1:8025
    #>
    [CmdletBinding()]
    param(
        # The server's admin API.
        [Parameter(Position = 0)]
        [string] $Server = '',
        # A file whose first line is the token that the server wants.
        [string] $TokenFile = ''
    )
    Disconnect-Tarry
    $script:Server = $Server
    $script:TokenFile = $TokenFile
}

function Disconnect-Tarry {
    <#
    .SYNOPSIS
    Ends the program behind the cmdlets; the next cmdlet starts it again.
    #>
    [CmdletBinding()]
    param()
    if ($null -ne $script:Bridge) {
        try {
            $script:Requests.Dispose()
            if (-not $script:Bridge.WaitForExit(5000)) {
                $script:Bridge.Kill()
            }
        } catch {
            Write-Verbose "The program behind the module had ended already: $_"
        } finally {
            $script:Bridge.Dispose()
            $script:Bridge = $null
        }
    }
}

function Start-TarryBridge {
    if ($null -ne $script:Bridge -and -not $script:Bridge.HasExited) {
        return
    }
    $start = New-Object System.Diagnostics.ProcessStartInfo
    $start.FileName = $script:Program
    if ($env:TARRY_COMMAND) {
        $start.FileName = $env:TARRY_COMMAND
    }
    $start.Arguments = 'shell --objects'
    if ($script:Server) {
        $start.Arguments += ' --server "' + $script:Server + '"'
    }
    if ($script:TokenFile) {
        $start.Arguments += ' --token-file "' + $script:TokenFile + '"'
    }
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $script:Bridge = [System.Diagnostics.Process]::Start($start)
    # Windows PowerShell would write the console's code page.
    $utf8 = New-Object System.Text.UTF8Encoding -ArgumentList $false
    $script:Requests = New-Object System.IO.StreamWriter -ArgumentList $script:Bridge.StandardInput.BaseStream, $utf8
    $script:Answers = New-Object System.IO.StreamReader -ArgumentList $script:Bridge.StandardOutput.BaseStream, $utf8
}

function Send-TarryRequest {
    param([hashtable] $Request)
    $script:Requests.Write((ConvertTo-Json -InputObject $Request -Compress -Depth 60) + "`n")
    $script:Requests.Flush()
    $line = $script:Answers.ReadLine()
    if ($null -eq $line) {
        $script:Bridge = $null
        throw 'The program behind the tarry module has ended. Look at what it wrote to the error output, or set TARRY_COMMAND to the path of tarry.'
    }
    ConvertFrom-Json -InputObject $line
}

# -- values

function ConvertTo-TarryValue {
    param($Value)
    if ($null -eq $Value) {
        return $null
    }
    $base = $Value
    if ($Value -is [psobject]) {
        $base = $Value.PSObject.BaseObject
    }
    if ($base -is [string] -or $base -is [bool] -or $base -is [int] -or $base -is [long] -or $base -is [double]) {
        return $base
    }
    if ($base -is [switch]) {
        return [bool] $base
    }
    if ($base -is [datetime]) {
        return @{ '$date' = ([DateTimeOffset] $base).ToUnixTimeMilliseconds() }
    }
    if ($base -is [timespan]) {
        return @{ '$span' = $base.Ticks }
    }
    if ($base -is [securestring]) {
        $plain = New-Object System.Net.NetworkCredential -ArgumentList '', $base
        return @{ '$secret' = $plain.Password }
    }
    if ($base -is [pscredential]) {
        $parts = @{ UserName = $base.UserName; Password = @{ '$secret' = $base.GetNetworkCredential().Password } }
        return @{ '$type' = 'System.Management.Automation.PSCredential'; properties = $parts }
    }
    if ($base -is [System.Collections.IDictionary]) {
        $entries = @{}
        foreach ($key in $base.Keys) {
            $entries["$key"] = ConvertTo-TarryValue $base[$key]
        }
        return @{ '$hash' = $entries }
    }
    if ($base -is [System.Collections.IEnumerable]) {
        $list = New-Object System.Collections.ArrayList
        foreach ($each in $base) {
            [void] $list.Add((ConvertTo-TarryValue $each))
        }
        return , $list.ToArray()
    }
    if ($base -is [System.Management.Automation.PSCustomObject]) {
        $properties = @{}
        foreach ($property in $Value.PSObject.Properties) {
            $properties[$property.Name] = ConvertTo-TarryValue $property.Value
        }
        return @{ '$type' = ($Value.PSObject.TypeNames[0] -replace '^Tarry\.', ''); properties = $properties }
    }
    if ($base -is [decimal] -or $base -is [single]) {
        return [double] $base
    }
    if ($base -is [byte] -or $base -is [int16] -or $base -is [uint16] -or $base -is [uint32]) {
        return [long] $base
    }
    return "$base"
}

function ConvertFrom-TarryValue {
    param($Value)
    if ($null -eq $Value) {
        return $null
    }
    if ($Value -is [array]) {
        $list = New-Object System.Collections.ArrayList
        foreach ($each in $Value) {
            [void] $list.Add((ConvertFrom-TarryValue $each))
        }
        return , $list.ToArray()
    }
    if ($Value -isnot [System.Management.Automation.PSCustomObject]) {
        return $Value
    }
    $names = @($Value.PSObject.Properties | ForEach-Object { $_.Name })
    if ($names -contains '$date') {
        return [DateTimeOffset]::FromUnixTimeMilliseconds([long] $Value.'$date').LocalDateTime
    }
    if ($names -contains '$span') {
        return [timespan]::FromTicks([long] $Value.'$span')
    }
    if ($names -contains '$hash') {
        $table = @{}
        foreach ($entry in $Value.'$hash'.PSObject.Properties) {
            $table[$entry.Name] = ConvertFrom-TarryValue $entry.Value
        }
        return $table
    }
    $object = New-Object psobject
    foreach ($property in $Value.properties.PSObject.Properties) {
        $made = ConvertFrom-TarryValue $property.Value
        $object.PSObject.Properties.Add((New-Object psnoteproperty -ArgumentList $property.Name, $made))
    }
    $object.PSObject.TypeNames.Insert(0, 'Tarry.' + $Value.'$type')
    return $object
}

# -- calls

function Open-TarryCall {
    param($Cmdlet, $Caller, $Bound)
    Start-TarryBridge
    $script:LastCall++
    $given = @{}
    foreach ($name in $Bound.Keys) {
        if (-not [System.Management.Automation.PSCmdlet]::CommonParameters.Contains($name) -and
            -not [System.Management.Automation.PSCmdlet]::OptionalCommonParameters.Contains($name)) {
            $given[$name] = ConvertTo-TarryValue $Bound[$name]
        }
    }
    @{
        Number = $script:LastCall
        Begin  = @{
            call       = $script:LastCall
            cmdlet     = $Cmdlet
            parameters = $given
            piped      = [bool] $Caller.MyInvocation.ExpectingInput
        }
        Begun  = $false
    }
}

# Sends one request of a call and hands on all that comes of it, until the call wants something or has ended.
function Receive-TarryAnswers {
    param($Call, $Caller, [hashtable] $Request)
    $whole = $false
    try {
        do {
            $answer = Send-TarryRequest $Request
            foreach ($record in @($answer.records)) {
                $kind = @($record.PSObject.Properties)[0].Name
                switch ($kind) {
                    'output' { ConvertFrom-TarryValue $record.output }
                    'warning' { $Caller.WriteWarning($record.warning) }
                    'host' { Write-Host $record.host }
                    'error' { $Caller.WriteError((New-TarryError $record.error)) }
                }
            }
            $Request = @{ call = $Call.Number; next = $true }
            if ($answer.state -eq 'asks') {
                $word = 'no'
                if ($Caller.ShouldProcess($answer.question, $answer.question, 'Confirm')) {
                    $word = 'yes'
                }
                $Request = @{ call = $Call.Number; consent = $word }
            }
        } while ($answer.state -eq 'more' -or $answer.state -eq 'asks')
        $whole = $true
    } finally {
        # Ctrl-C, -ErrorAction Stop, or somebody down the pipeline has enough.
        if (-not $whole -and $null -ne $script:Bridge) {
            [void] (Send-TarryRequest @{ call = $Call.Number; stop = $true })
        }
    }
}

function Step-TarryCall {
    param($Call, $Caller, $InputObject)
    if (-not $Call.Begun) {
        $Call.Begun = $true
        Receive-TarryAnswers $Call $Caller $Call.Begin
    }
    if ($Call.Begin.piped) {
        $objects = New-Object System.Collections.ArrayList
        [void] $objects.Add((ConvertTo-TarryValue $InputObject))
        Receive-TarryAnswers $Call $Caller @{ call = $Call.Number; input = $objects.ToArray() }
    }
}

function Close-TarryCall {
    param($Call, $Caller)
    if (-not $Call.Begun) {
        $Call.Begun = $true
        Receive-TarryAnswers $Call $Caller $Call.Begin
    }
    if ($Call.Begin.piped) {
        Receive-TarryAnswers $Call $Caller @{ call = $Call.Number; end = $true }
    }
}

function New-TarryError {
    param($Failure)
    $exception = New-Object System.InvalidOperationException -ArgumentList $Failure.message
    $category = [System.Management.Automation.ErrorCategory]::NotSpecified
    [void] [System.Enum]::TryParse($Failure.category, $true, [ref] $category)
    New-Object System.Management.Automation.ErrorRecord -ArgumentList $exception, $Failure.id, $category, $Failure.target
}

# -- the cmdlets

{{functions}}

# -- what the session gets

$own = @({{own}})

# Windows has these too, and there they are about Windows. They are tarry's where there are none of that name, or where
# TARRY_MODULE_WINDOWS is set: then they are about the server's machine and the lab.
$windows = @({{windows}})

$chosen = @($windows | Where-Object { $env:TARRY_MODULE_WINDOWS -or -not (Get-Command $_ -ErrorAction SilentlyContinue | Where-Object { $_.Source -ne 'Tarry' }) })

Export-ModuleMember -Function (@('Connect-Tarry', 'Disconnect-Tarry') + $own + $chosen)

$ExecutionContext.SessionState.Module.OnRemove = { Disconnect-Tarry }
